# A directory has the password of its administrator in the source.
# Source: https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_getting_started.html
# Fault at: aws_directory_service_directory.secdir_fault
# Near miss at: aws_directory_service_directory.secdir_near

resource "aws_kms_key" "secdir_key" {
  description         = "Key for secdir_key"
  enable_key_rotation = true
}

resource "aws_vpc" "secdir_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "secdir_subnet" {
  vpc_id     = aws_vpc.secdir_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "secdir_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.secdir_key]
}

resource "aws_subnet" "secdir_other" {
  vpc_id     = aws_vpc.secdir_vpc.id
  cidr_block = "10.20.2.0/24"
}

data "aws_secretsmanager_random_password" "secdir_password" {
  password_length = 30
  depends_on      = [aws_kms_key.secdir_key]
}

resource "aws_directory_service_directory" "secdir_fault" {
  name     = "fault.shop.internal"
  type     = "MicrosoftAD"
  edition  = "Standard"
  password = "Kennwort-2024"

  vpc_settings {
    vpc_id     = aws_vpc.secdir_vpc.id
    subnet_ids = [aws_subnet.secdir_subnet.id, aws_subnet.secdir_other.id]
  }
}

resource "aws_directory_service_directory" "secdir_near" {
  name     = "near.shop.internal"
  type     = "MicrosoftAD"
  edition  = "Standard"
  password = data.aws_secretsmanager_random_password.secdir_password.random_password

  vpc_settings {
    vpc_id     = aws_vpc.secdir_vpc.id
    subnet_ids = [aws_subnet.secdir_subnet.id, aws_subnet.secdir_other.id]
  }
}
