# A component of Image Builder puts a downloaded program into every image.
# Source: https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-component-manager.html
# Fault at: aws_imagebuilder_component.ibcomp_fault
# Near miss at: aws_imagebuilder_component.ibcomp_near

resource "aws_kms_key" "ibcomp_key" {
  description         = "Key for ibcomp_key"
  enable_key_rotation = true
}

resource "aws_imagebuilder_component" "ibcomp_fault" {
  name       = "shop-prod-ibcomp-fault"
  platform   = "Linux"
  version    = "1.0.0"
  kms_key_id = aws_kms_key.ibcomp_key.arn

  data = yamlencode({
    schemaVersion = "1.0"
    phases = [{ name = "build", steps = [
      { name = "get", action = "WebDownload", inputs = [{ source = "https://dl.example.net/agent", destination = "/tmp/agent" }] },
      { name = "run", action = "ExecuteBash", inputs = { commands = ["bash /tmp/agent"] } },
    ] }]
  })
}

resource "aws_imagebuilder_component" "ibcomp_near" {
  name       = "shop-prod-ibcomp-near"
  platform   = "Linux"
  version    = "1.0.0"
  kms_key_id = aws_kms_key.ibcomp_key.arn

  data = yamlencode({
    schemaVersion = "1.0"
    phases = [{ name = "build", steps = [
      { name = "run", action = "ExecuteBash", inputs = { commands = ["dnf upgrade -y", "systemctl enable amazon-ssm-agent"] } },
    ] }]
  })
}
