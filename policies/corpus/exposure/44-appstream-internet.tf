# Streaming instances sit directly on the internet with public addresses.
# Source: https://docs.aws.amazon.com/appstream2/latest/developerguide/internet-access.html
# Fault at: aws_appstream_fleet.internet_fault
# Fault at: aws_appstream_image_builder.internet_fault
# Near miss at: aws_appstream_fleet.internet_near

resource "aws_appstream_fleet" "internet_fault" {
  name                           = "shop-prod-desks"
  image_name                     = "shop-prod-desk-2025-01"
  instance_type                  = "stream.standard.medium"
  fleet_type                     = "ON_DEMAND"
  enable_default_internet_access = true

  compute_capacity {
    desired_instances = 1
  }

  vpc_config {
    subnet_ids         = [aws_subnet.public_a.id]
    security_group_ids = [aws_security_group.app.id]
  }
}

resource "aws_appstream_image_builder" "internet_fault" {
  name                           = "shop-prod-desk-builder"
  image_name                     = "AppStream-WinServer2022-10-05-2024"
  instance_type                  = "stream.standard.medium"
  enable_default_internet_access = true

  vpc_config {
    subnet_ids         = [aws_subnet.public_a.id]
    security_group_ids = [aws_security_group.app.id]
  }
}

resource "aws_appstream_fleet" "internet_near" {
  name                           = "shop-prod-stations"
  image_name                     = "shop-prod-desk-2025-01"
  instance_type                  = "stream.standard.medium"
  fleet_type                     = "ON_DEMAND"
  enable_default_internet_access = false

  compute_capacity {
    desired_instances = 1
  }

  vpc_config {
    subnet_ids         = [aws_subnet.private_a.id]
    security_group_ids = [aws_security_group.app.id]
  }
}
