# Image Builder hands every image it builds to all AWS accounts.
# Source: Prowler ec2_ami_public, CKV_AWS_205, https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_LaunchPermissionConfiguration.html
# Fault at: aws_imagebuilder_distribution_configuration.ibpub_fault
# Near miss at: aws_imagebuilder_distribution_configuration.ibpub_near

resource "aws_organizations_organization" "ibpub" {
  feature_set = "ALL"
}

resource "aws_imagebuilder_distribution_configuration" "ibpub_fault" {
  name = "shop-prod-images-all"
  distribution {
    region = var.region
    ami_distribution_configuration {
      name       = "shop-prod-base-{{ imagebuilder:buildDate }}"
      kms_key_id = aws_kms_key.work.arn
      launch_permission {
        user_groups = ["all"]
      }
    }
  }
}

# All accounts too, but those of the own organization.
resource "aws_imagebuilder_distribution_configuration" "ibpub_near" {
  name = "shop-prod-images-org"
  distribution {
    region = var.region
    ami_distribution_configuration {
      name       = "shop-prod-base-{{ imagebuilder:buildDate }}"
      kms_key_id = aws_kms_key.work.arn
      launch_permission {
        organization_arns = [aws_organizations_organization.ibpub.arn]
      }
    }
  }
}
