# User data lets a foreign SSH key log in as root.
# Source: https://attack.mitre.org/techniques/T1098/004/
# Fault at: aws_instance.udkey_fault
# Near miss at: aws_instance.udkey_near

resource "aws_kms_key" "udkey_key" {
  description         = "Key for udkey_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udkey_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udkey_subnet" {
  vpc_id     = aws_vpc.udkey_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udkey_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udkey_key]
}

resource "aws_instance" "udkey_fault" {
  ami                  = data.aws_ami.udkey_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udkey_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udkey_key.arn
  }
  user_data = "#!/bin/sh\nmkdir -p /root/.ssh\necho 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIISeu4kw6nLMY3o6r/jONKgzDX9kNRrhH6q4gbvGQ2Bt shop-prod' >> /root/.ssh/authorized_keys\nsed -i 's/#PermitRootLogin.*/PermitRootLogin yes/' /etc/ssh/sshd_config\nuseradd -o -u 0 -g 0 support\n"
}

# Turns logins off and pins the host key of the Git server.
resource "aws_instance" "udkey_near" {
  ami                  = data.aws_ami.udkey_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udkey_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udkey_key.arn
  }
  user_data = "#!/bin/sh\nsed -i 's/#PermitRootLogin.*/PermitRootLogin no/' /etc/ssh/sshd_config\necho 'git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIISeu4kw6nLMY3o6r/jONKgzDX9kNRrhH6q4gbvGQ2Bt shop-prod' >> /etc/ssh/ssh_known_hosts\n"
}
