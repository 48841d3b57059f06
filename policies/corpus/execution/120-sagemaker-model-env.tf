# A model has a WireGuard key in its environment.
# Source: CKV_AWS_370
# Fault at: aws_sagemaker_model.secsm_fault
# Near miss at: aws_sagemaker_model.secsm_near

resource "aws_iam_role" "secsm_role" {
  name               = "shop-prod-secsm-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }] })
}

resource "aws_sagemaker_model" "secsm_fault" {
  name                     = "shop-prod-secsm-fault"
  execution_role_arn       = aws_iam_role.secsm_role.arn
  enable_network_isolation = true

  primary_container {
    image          = "public.ecr.aws/shop/model:1.4.2"
    model_data_url = "s3://shop-prod-models/m.tar.gz"
    environment    = { WG = "[Interface]\nPrivateKey = xFkqV3XKs7bLXPNeFGXB1686yvtVJP0uFUOUNKa/juU=\nAddress = 10.9.0.2/32" }
  }
}

resource "aws_sagemaker_model" "secsm_near" {
  name                     = "shop-prod-secsm-near"
  execution_role_arn       = aws_iam_role.secsm_role.arn
  enable_network_isolation = true

  primary_container {
    image          = "public.ecr.aws/shop/model:1.4.2"
    model_data_url = "s3://shop-prod-models/m.tar.gz"
    environment    = { WG = "[Peer]\nPublicKey = xFkqV3XKs7bLXPNeFGXB1686yvtVJP0uFUOUNKa/juU=\nAllowedIPs = 10.9.0.0/24" }
  }
}
