# A database made through the Cloud Control API, which no resource type of its own shows, is public.
# Source: RDS.2, CKV_AWS_17, https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudcontrolapi_resource
# Fault at: aws_cloudcontrolapi_resource.ccapi_fault
# Near miss at: aws_cloudcontrolapi_resource.ccapi_near

resource "aws_cloudcontrolapi_resource" "ccapi_fault" {
  type_name = "AWS::RDS::DBInstance"
  schema    = jsonencode({ typeName = "AWS::RDS::DBInstance", description = "AWS::RDS::DBInstance", additionalProperties = true, primaryIdentifier = ["/properties/DBInstanceIdentifier"], properties = { DBInstanceIdentifier = { type = "string" } } })
  desired_state = jsonencode({
    DBInstanceIdentifier            = "shop-prod-side"
    Engine                          = "postgres"
    EngineVersion                   = "16.8"
    DBInstanceClass                 = "db.m6g.large"
    AllocatedStorage                = "100"
    MasterUsername                  = "shopowner"
    ManageMasterUserPassword        = true
    PubliclyAccessible              = true
    StorageEncrypted                = true
    MultiAZ                         = true
    DeletionProtection              = true
    BackupRetentionPeriod           = 14
    EnableIAMDatabaseAuthentication = true
    AutoMinorVersionUpgrade         = true
    CopyTagsToSnapshot              = true
  })
}

# The Cloud Control API for something that the provider does not know, without any exposure.
resource "aws_cloudcontrolapi_resource" "ccapi_near" {
  type_name     = "AWS::Logs::QueryDefinition"
  schema        = jsonencode({ typeName = "AWS::Logs::QueryDefinition", description = "AWS::Logs::QueryDefinition", additionalProperties = true, primaryIdentifier = ["/properties/Name"], properties = { Name = { type = "string" } } })
  desired_state = jsonencode({ Name = "shop-prod-slow-orders", QueryString = "filter ms > 1000", LogGroupNames = ["/shop-prod/work"] })
}
