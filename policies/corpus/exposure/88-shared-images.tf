# Everybody may start a machine image of the shop, also one that Image Builder distributes.
# Source: CKV_AWS_205, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html
# Fault at: aws_ami_launch_permission.image_fault
# Fault at: aws_imagebuilder_distribution_configuration.image_fault
# Near miss at: aws_ami_launch_permission.image_near
# Near miss at: aws_imagebuilder_distribution_configuration.image_near

resource "aws_ami_launch_permission" "image_fault" {
  image_id = var.image
  group    = "all"
}

resource "aws_imagebuilder_distribution_configuration" "image_fault" {
  name = "shop-prod-base"

  distribution {
    region = var.region

    ami_distribution_configuration {
      name       = "shop-prod-base-{{ imagebuilder:buildDate }}"
      kms_key_id = aws_kms_key.shop.arn

      launch_permission {
        user_groups = ["all"]
      }
    }
  }
}

resource "aws_organizations_organization" "shop" {
  feature_set = "ALL"
}

resource "aws_ami_launch_permission" "image_near" {
  image_id         = var.image
  organization_arn = aws_organizations_organization.shop.arn
}

resource "aws_imagebuilder_distribution_configuration" "image_near" {
  name = "shop-prod-web"

  distribution {
    region = var.region

    ami_distribution_configuration {
      name       = "shop-prod-web-{{ imagebuilder:buildDate }}"
      kms_key_id = aws_kms_key.shop.arn

      launch_permission {
        organization_arns = [aws_organizations_organization.shop.arn]
      }
    }
  }
}
