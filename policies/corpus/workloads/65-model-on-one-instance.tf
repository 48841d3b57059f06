# The model answers the shop's requests from one single instance.
# Source: SageMaker.4
# Fault at: aws_sagemaker_endpoint_configuration.epone_fault
# Near miss at: aws_sagemaker_endpoint_configuration.epone_near

resource "aws_sagemaker_endpoint_configuration" "epone_fault" {
  name        = "shop-prod-rank-one"
  kms_key_arn = aws_kms_key.work.arn
  production_variants {
    variant_name           = "main"
    model_name             = "shop-prod-ranker"
    instance_type          = "ml.m6g.large"
    initial_instance_count = 1
  }
}

# Serverless: there are no instances to count.
resource "aws_sagemaker_endpoint_configuration" "epone_near" {
  name        = "shop-prod-rank"
  kms_key_arn = aws_kms_key.work.arn
  production_variants {
    variant_name = "main"
    model_name   = "shop-prod-ranker"
    serverless_config {
      max_concurrency   = 20
      memory_size_in_mb = 2048
    }
  }
}
