# Compressed user data contains a private key.
# Source: CKV_AWS_46
# Fault at: aws_instance.secgz_fault
# Near miss at: aws_instance.secgz_near

resource "aws_kms_key" "secgz_key" {
  description         = "Key for secgz_key"
  enable_key_rotation = true
}

resource "aws_vpc" "secgz_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "secgz_subnet" {
  vpc_id     = aws_vpc.secgz_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "secgz_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.secgz_key]
}

resource "aws_instance" "secgz_fault" {
  ami                  = data.aws_ami.secgz_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.secgz_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.secgz_key.arn
  }
  user_data_base64 = base64gzip("#!/bin/sh\ncat > /etc/tls.key <<'K'\n-----BEGIN RSA PRIVATE KEY-----\nMIIEogIBAAKCAQEAiXPfh/xdkJz8hSquZyOPX0746y1Di1o7cMbLRwP7z5aAIoH0\nOlIixMObvFIADg0mFgaecHnl0XSH/MYdzJKQ5R6ecJHdSOxM0VHtCElGhS+RHHae\nkXBM7InRgz4hXVVs5iBU4NCFszlI8tw6WkDwHyeEnytm47zUb3ZtbrN7pITjAid9\nzHw9Kb2J0SSpsKZ+9G5uqSOnUqcgEcsj1Fo3wXpLuphe5oPF1SuHaQTmdm9o0uAe\nuASrxVbnzqxYix58dqqcywzKZa3nitwtQR/PKpIcRUFoHVeMcd9GASAPm2iXmBlT\npKQXHfIeaon8adoIlXbINkGHM1jfOCL+ijONWQIDAQABAoIBABGqcdVBaykV9CKN\nXMLmwBuIw9c+BwtW+oLBGgkzit6gQjGtMB16xvsxBMgMZfNoXze/fAeKsy3bY0rq\nj5PmVncMG2LubFld/XV9qRBCkqy1c1oMKM8adtiD0gijKJidTRS6nQ4T3sstFqIY\nCevlorbuVk46vsuQTmFRADmVGdQIDAYYpQ+Wg+wbTV6gxMqjPYKtTpd3yA09AEQu\nqtNyeWGoJ7BU9MNZE7A9dbVlFsUe9r5urJlfJDdsE71jz23Ow9V2VpPIPgOg6sXV\nNovuJxzJ1pCny7lWKRQ6W0gzahLURWIuy0ZVrEEuAeVeCjOBcNnqBqX/Mlwyb14j\nuyGvgrECgYEAv8sGxWy1KiSO30p8nSrzdaNC7EXoZblEq9AFrExHjiQGRNEtH6PS\nbZQVSpFy5c9KX75Sf3kYhq/Db53/uiabLEfN9PehSpF9BEGu6gz3nnvxKOkQvyel\nEQn0+0KjqHGPuFxFhlYRAHbW+jrgA6v/aBu0LtdpHsGtUr4Dq5G0lo0CgYEAt3fI\novhsjGvXydz/qLrTR2HM6xFfMgHIaD8B8tzcNByhqq9JuITshMz7MIHG8S0vjjhI\nWwMd8Omt/2Tu+NqNqGBlsj86scS5GNDCoedku05n8/u+AZTmKvlsa07z9elvGRaP\nZ2U4Cysvl/EObvvtZhw+pWfJHAYtKFhaTwHG1P0CgYBnsnQExlPlZ0LAQ9vAdnqP\nvifu65VNerBAXQbUM6H0nlGtX5OQKdkaWhhw6tc+nadOwO6F8YlrORjn/ntHwJvh\ngyk+K61PTf5UENdrwHsZe1XWkrz1PZAn+EQ2nb8y0cOtIGaOzXX/1EFDphV8psA/\nH8t6EAnMEVePByGg3/TN+QKBgEMRCYnxkBSg04gaPmbarKM6cCM5/XeVSUI6TicO\nb3ypPrvbSfKmvKMrH2Oy/RtqriiqEGEcuZQ4h/+FUQotMn1rh6FqFbWoORWGMq/m\nm18RIVUCIIoJeT4aYXS0rt+lDpS4N4HPcXY7ujEr0F/nvfeGuavTTaPt6hIGgjTB\nbIKtAoGAbVi1XarOiJGfAsbpTyqSQSM29eJKV0woSesnZaBo681E+6ZY1vmIa2x/\nyQRgBkRq6TkOJtpzhg0zN1qtewc/KpbZubAuwyV2bge1viF/+PNkokzlf7eIJsKP\nnJEkk/DfFeftk0LuAOY2Iq07wWf7zr3/e6fDRnEIcW9oguKYbGU=\n-----END RSA PRIVATE KEY-----\nK\n")
}

resource "aws_instance" "secgz_near" {
  ami                  = data.aws_ami.secgz_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.secgz_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.secgz_key.arn
  }
  user_data_base64 = base64gzip("#!/bin/sh\nopenssl genpkey -algorithm ED25519 -out /etc/tls.key # BEGIN of a key that never leaves the host\n")
}
