# AWS Backup no longer handles the databases of the Region.
# Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/getting-started.html#service-opt-in
# Fault at: aws_backup_region_settings.backup_region_opt_out_fault
# Near miss at: aws_backup_region_settings.backup_region_opt_out_near

resource "aws_backup_region_settings" "backup_region_opt_out_fault" {
  resource_type_opt_in_preference = {
    Aurora         = false
    DynamoDB       = false
    RDS            = false
    EBS            = true
    EFS            = true
    S3             = false
    VirtualMachine = false
  }
}

resource "aws_backup_region_settings" "backup_region_opt_out_near" {
  resource_type_opt_in_preference = {
    Aurora         = true
    DynamoDB       = true
    RDS            = true
    EBS            = true
    EFS            = true
    S3             = true
    VirtualMachine = false
  }
}
