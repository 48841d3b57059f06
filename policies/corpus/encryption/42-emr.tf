# The security configuration encrypts what clusters store but not what their nodes send each other.
# Source: CKV_AWS_351, AVD-AWS-0138, EMR.4
# Fault at: aws_emr_security_configuration.hadoop_fault
# Near miss at: aws_emr_security_configuration.hadoop_near

resource "aws_kms_key" "hadoop" {
  description         = "Clusters"
  enable_key_rotation = true
}

resource "aws_kms_alias" "hadoop" {
  name          = "alias/shop-prod-hadoop"
  target_key_id = aws_kms_key.hadoop.key_id
}

resource "aws_emr_security_configuration" "hadoop_fault" {
  name = "shop-prod-clusters"
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = false
      EnableAtRestEncryption    = true
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration        = { EncryptionMode = "SSE-KMS", AwsKmsKey = aws_kms_alias.hadoop.name }
        LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", AwsKmsKey = aws_kms_alias.hadoop.name, EnableEbsEncryption = true }
      }
    }
    InstanceMetadataServiceConfiguration = { MinimumInstanceMetadataServiceVersion = 2, HttpPutResponseHopLimit = 1 }
  })
}

resource "aws_emr_security_configuration" "hadoop_near" {
  name = "shop-prod-clusters-tls"
  configuration = jsonencode({
    InstanceMetadataServiceConfiguration = { HttpPutResponseHopLimit = 1, MinimumInstanceMetadataServiceVersion = 2 }
    EncryptionConfiguration = {
      AtRestEncryptionConfiguration = {
        LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", AwsKmsKey = aws_kms_alias.hadoop.name, EnableEbsEncryption = true }
        S3EncryptionConfiguration        = { EncryptionMode = "SSE-KMS", AwsKmsKey = aws_kms_alias.hadoop.name }
      }
      EnableAtRestEncryption    = true
      EnableInTransitEncryption = true
      InTransitEncryptionConfiguration = {
        TLSCertificateConfiguration = { CertificateProviderType = "PEM", S3Object = "s3://shop-prod-cluster-certificates/cluster.zip" }
      }
    }
  })
}
