# The nodes of the quality job send each other data in clear text.
# Source: SageMaker.9, CKV_AWS_366, CKV_AWS_369
# Fault at: aws_sagemaker_data_quality_job_definition.quality_fault
# Near miss at: aws_sagemaker_data_quality_job_definition.quality_near

resource "aws_iam_role" "quality" {
  name = "shop-prod-quality"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "sagemaker.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "quality" {
  description         = "Quality"
  enable_key_rotation = true
}

resource "aws_sagemaker_data_quality_job_definition" "quality_fault" {
  name     = "shop-prod-quality"
  role_arn = aws_iam_role.quality.arn
  data_quality_app_specification {
    image_uri = "public.ecr.aws/sagemaker/monitor:1.2.3"
  }
  data_quality_job_input {
    endpoint_input {
      endpoint_name = "shop-prod-forecast"
    }
  }
  data_quality_job_output_config {
    kms_key_id = aws_kms_key.quality.arn
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://shop-prod-quality/output"
      }
    }
  }
  job_resources {
    cluster_config {
      instance_count    = 4
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
      volume_kms_key_id = aws_kms_key.quality.arn
    }
  }
  network_config {
    enable_inter_container_traffic_encryption = false
    enable_network_isolation                  = true
    vpc_config {
      security_group_ids = ["sg-0a1b2c3d4e5f60718"]
      subnets            = ["subnet-0a1b2c3d4e5f60718"]
    }
  }
}

resource "aws_sagemaker_data_quality_job_definition" "quality_near" {
  name     = "shop-prod-quality-tls"
  role_arn = aws_iam_role.quality.arn
  data_quality_app_specification {
    image_uri = "public.ecr.aws/sagemaker/monitor:1.2.3"
  }
  data_quality_job_input {
    endpoint_input {
      endpoint_name = "shop-prod-forecast"
    }
  }
  data_quality_job_output_config {
    kms_key_id = aws_kms_key.quality.arn
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://shop-prod-quality/output"
      }
    }
  }
  job_resources {
    cluster_config {
      instance_count    = 4
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
      volume_kms_key_id = aws_kms_key.quality.arn
    }
  }
  network_config {
    enable_inter_container_traffic_encryption = true
    enable_network_isolation                  = true
    vpc_config {
      security_group_ids = ["sg-0a1b2c3d4e5f60718"]
      subnets            = ["subnet-0a1b2c3d4e5f60718"]
    }
  }
}
