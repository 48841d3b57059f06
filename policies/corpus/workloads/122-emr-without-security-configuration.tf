# The cluster has no security configuration, so nothing encrypts its disks and its traffic.
# Source: EMR.3, EMR.4, CKV_AWS_171
# Fault at: aws_emr_cluster.emr_fault
# Near miss at: aws_emr_cluster.emr_near

resource "aws_emr_security_configuration" "emr" {
  name = "shop-prod-emr"
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = true
      EnableAtRestEncryption    = true
      InTransitEncryptionConfiguration = {
        TLSCertificateConfiguration = { CertificateProviderType = "PEM", S3Object = "s3://shop-prod-invoices/emr-certs.zip" }
      }
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration        = { EncryptionMode = "SSE-KMS", AwsKmsKey = "alias/shop-prod-emr" }
        LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", AwsKmsKey = "alias/shop-prod-emr", EnableEbsEncryption = true }
      }
    }
    InstanceMetadataServiceConfiguration = { MinimumInstanceMetadataServiceVersion = 2, HttpPutResponseHopLimit = 1 }
  })
}

resource "aws_emr_cluster" "emr_fault" {
  name                              = "shop-prod-emr-bare"
  release_label                     = "emr-7.8.0"
  applications                      = ["Spark"]
  service_role                      = aws_iam_role.work_exec.arn
  log_uri                           = "s3://shop-prod-invoices/emr/"
  log_encryption_kms_key_id         = aws_kms_key.work.arn
  termination_protection            = true
  unhealthy_node_replacement        = true
  keep_job_flow_alive_when_no_steps = true

  ec2_attributes {
    instance_profile                  = aws_iam_instance_profile.ibimds.arn
    subnet_id                         = aws_subnet.work_a.id
    emr_managed_master_security_group = aws_security_group.work_app.id
    emr_managed_slave_security_group  = aws_security_group.work_app.id
    service_access_security_group     = aws_security_group.work_app.id
  }
  master_instance_group {
    instance_type  = "m6g.xlarge"
    instance_count = 3
  }
  core_instance_group {
    instance_type  = "m6g.xlarge"
    instance_count = 3
  }
}

resource "aws_emr_cluster" "emr_near" {
  name                              = "shop-prod-emr"
  release_label                     = "emr-7.8.0"
  applications                      = ["Spark"]
  service_role                      = aws_iam_role.work_exec.arn
  log_uri                           = "s3://shop-prod-invoices/emr/"
  log_encryption_kms_key_id         = aws_kms_key.work.arn
  termination_protection            = true
  unhealthy_node_replacement        = true
  keep_job_flow_alive_when_no_steps = true
  security_configuration            = aws_emr_security_configuration.emr.name
  ec2_attributes {
    instance_profile                  = aws_iam_instance_profile.ibimds.arn
    subnet_id                         = aws_subnet.work_a.id
    emr_managed_master_security_group = aws_security_group.work_app.id
    emr_managed_slave_security_group  = aws_security_group.work_app.id
    service_access_security_group     = aws_security_group.work_app.id
  }
  master_instance_group {
    instance_type  = "m6g.xlarge"
    instance_count = 3
  }
  core_instance_group {
    instance_type  = "m6g.xlarge"
    instance_count = 3
  }
}
