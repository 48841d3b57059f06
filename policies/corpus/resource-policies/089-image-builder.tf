# Everybody can start instances from the images that Image Builder will distribute.
# Source: EC2.1, https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html
# Fault at: aws_imagebuilder_distribution_configuration.builder_fault
# Near miss at: aws_imagebuilder_distribution_configuration.builder_near

resource "aws_imagebuilder_distribution_configuration" "builder_fault" {
  name = "shop-prod-base-a"

  distribution {
    region = var.region

    ami_distribution_configuration {
      name = "shop-prod-base-a-{{ imagebuilder:buildDate }}"

      launch_permission {
        user_groups = ["all"]
      }
    }
  }
}

resource "aws_imagebuilder_distribution_configuration" "builder_near" {
  name = "shop-prod-base-b"

  distribution {
    region = var.region

    ami_distribution_configuration {
      name = "shop-prod-base-b-{{ imagebuilder:buildDate }}"

      launch_permission {
        organization_arns = ["arn:aws:organizations::${var.account_id}:organization/${var.org_id}"]
      }
    }
  }
}
