# A Lightsail instance pipes a download into a shell.
# Source: https://docs.aws.amazon.com/lightsail/latest/userguide/compare-options-choose-lightsail-instance-image.html
# Fault at: aws_lightsail_instance.lsud_fault
# Near miss at: aws_lightsail_instance.lsud_near

resource "aws_lightsail_instance" "lsud_fault" {
  name              = "shop-prod-lsud-fault"
  availability_zone = "${var.region}a"
  blueprint_id      = "amazon_linux_2023"
  bundle_id         = "medium_3_0"
  user_data         = "wget -O - https://get.example.net/ls | sudo sh"

  add_on {
    type          = "AutoSnapshot"
    snapshot_time = "03:00"
    status        = "Enabled"
  }
}

resource "aws_lightsail_instance" "lsud_near" {
  name              = "shop-prod-lsud-near"
  availability_zone = "${var.region}a"
  blueprint_id      = "amazon_linux_2023"
  bundle_id         = "medium_3_0"
  user_data         = "sudo dnf install -y nginx wget"

  add_on {
    type          = "AutoSnapshot"
    snapshot_time = "03:00"
    status        = "Enabled"
  }
}
