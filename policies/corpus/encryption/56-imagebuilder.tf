# Every image from the recipe has an unencrypted data volume.
# Source: CKV_AWS_199, CKV_AWS_200, https://docs.aws.amazon.com/imagebuilder/latest/userguide/data-protection.html
# Fault at: aws_imagebuilder_image_recipe.recipe_fault
# Near miss at: aws_imagebuilder_image_recipe.recipe_near

variable "recipe_image" {
  description = "Parent image."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_kms_key" "recipe" {
  description         = "Images"
  enable_key_rotation = true
}

resource "aws_imagebuilder_component" "recipe" {
  name       = "shop-prod-updates"
  platform   = "Linux"
  version    = "1.0.0"
  kms_key_id = aws_kms_key.recipe.arn
  data = yamlencode({
    schemaVersion = 1.0
    phases        = [{ name = "build", steps = [{ action = "UpdateOS", name = "updates" }] }]
  })
}

resource "aws_imagebuilder_image_recipe" "recipe_fault" {
  name         = "shop-prod-base"
  parent_image = var.recipe_image
  version      = "1.0.0"
  component {
    component_arn = aws_imagebuilder_component.recipe.arn
  }
  block_device_mapping {
    device_name = "/dev/xvda"
    ebs {
      encrypted   = "true"
      kms_key_id  = aws_kms_key.recipe.arn
      volume_size = 20
      volume_type = "gp3"
    }
  }
  block_device_mapping {
    device_name = "/dev/sdf"
    ebs {
      volume_size = 200
      volume_type = "gp3"
    }
  }
}

resource "aws_imagebuilder_image_recipe" "recipe_near" {
  name         = "shop-prod-edge"
  parent_image = var.recipe_image
  version      = "1.0.0"
  component {
    component_arn = aws_imagebuilder_component.recipe.arn
  }
  block_device_mapping {
    device_name = "/dev/xvda"
    ebs {
      encrypted   = "true"
      kms_key_id  = aws_kms_key.recipe.arn
      volume_size = 20
      volume_type = "gp3"
    }
  }
  block_device_mapping {
    device_name = "/dev/sdf"
    no_device   = true
  }
}
