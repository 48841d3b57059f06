# A cluster starts a bootstrap script from a stranger's bucket.
# Source: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-bootstrap.html
# Fault at: aws_emr_cluster.emrbs_fault
# Near miss at: aws_emr_cluster.emrbs_near

resource "aws_iam_role" "emrbs_role" {
  name               = "shop-prod-emrbs-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "elasticmapreduce.amazonaws.com" } }] })
}

resource "aws_iam_role" "emrbs_node" {
  name               = "shop-prod-emrbs-node"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_instance_profile" "emrbs_profile" {
  name = "shop-prod-emrbs"
  role = aws_iam_role.emrbs_node.name
}

resource "aws_kms_key" "emrbs_key" {
  description         = "Key for emrbs_key"
  enable_key_rotation = true
}

resource "aws_vpc" "emrbs_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "emrbs_subnet" {
  vpc_id     = aws_vpc.emrbs_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "emrbs_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.emrbs_key]
}

resource "aws_emr_security_configuration" "emrbs_sec" {
  name = "shop-prod-emrbs"
  configuration = jsonencode({ EncryptionConfiguration = {
    EnableInTransitEncryption = false, EnableAtRestEncryption = true
    AtRestEncryptionConfiguration = { S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" } }
  } })
}

resource "aws_s3_bucket" "emrbs_bucket" {
  bucket = "shop-prod-emrbs"
}

resource "aws_emr_cluster" "emrbs_fault" {
  name                   = "shop-prod-emrbs-fault"
  release_label          = "emr-7.1.0"
  applications           = ["Spark"]
  service_role           = aws_iam_role.emrbs_role.arn
  security_configuration = aws_emr_security_configuration.emrbs_sec.name
  log_uri                = "s3://${aws_s3_bucket.emrbs_bucket.bucket}/logs/"
  termination_protection = true

  ec2_attributes {
    subnet_id        = aws_subnet.emrbs_subnet.id
    instance_profile = aws_iam_instance_profile.emrbs_profile.arn
  }

  master_instance_group {
    instance_type = "m7g.xlarge"
  }

  bootstrap_action {
    name = "tune"
    path = "s3://some-strangers-scripts/tune.sh"
  }
}

resource "aws_emr_cluster" "emrbs_near" {
  name                   = "shop-prod-emrbs-near"
  release_label          = "emr-7.1.0"
  applications           = ["Spark"]
  service_role           = aws_iam_role.emrbs_role.arn
  security_configuration = aws_emr_security_configuration.emrbs_sec.name
  log_uri                = "s3://${aws_s3_bucket.emrbs_bucket.bucket}/logs/"
  termination_protection = true

  ec2_attributes {
    subnet_id        = aws_subnet.emrbs_subnet.id
    instance_profile = aws_iam_instance_profile.emrbs_profile.arn
  }

  master_instance_group {
    instance_type = "m7g.xlarge"
  }

  bootstrap_action {
    name = "tune"
    path = "s3://${aws_s3_bucket.emrbs_bucket.bucket}/tune.sh"
  }
}
