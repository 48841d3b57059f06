# File systems with the files of the company use AWS's key for FSx instead of one of the account.
# Source: CKV_AWS_178, CKV_AWS_179, CKV_AWS_203
# Warns: the approvers decide
# Fault at: aws_fsx_ontap_file_system.share_fault
# Fault at: aws_fsx_windows_file_system.share_fault
# Fault at: aws_fsx_openzfs_file_system.share_fault
# Near miss at: aws_fsx_lustre_file_system.share_near

resource "aws_fsx_ontap_file_system" "share_fault" {
  deployment_type                 = "MULTI_AZ_1"
  storage_capacity                = 1024
  throughput_capacity             = 128
  subnet_ids                      = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  preferred_subnet_id             = "subnet-0a1b2c3d4e5f60718"
  automatic_backup_retention_days = 14
  tags                            = { Name = "shop-prod-share" }
}

resource "aws_fsx_windows_file_system" "share_fault" {
  active_directory_id             = "d-0123456789"
  deployment_type                 = "MULTI_AZ_1"
  preferred_subnet_id             = "subnet-0a1b2c3d4e5f60718"
  storage_capacity                = 300
  throughput_capacity             = 64
  subnet_ids                      = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  kms_key_id                      = null
  automatic_backup_retention_days = 14
  tags                            = { Name = "shop-prod-office" }
}

resource "aws_fsx_openzfs_file_system" "share_fault" {
  deployment_type                 = "SINGLE_AZ_1"
  storage_capacity                = 256
  throughput_capacity             = 64
  subnet_ids                      = ["subnet-0a1b2c3d4e5f60718"]
  automatic_backup_retention_days = 14
  tags                            = { Name = "shop-prod-builds" }
}

# Scratch file systems cannot have a key of the account.
resource "aws_fsx_lustre_file_system" "share_near" {
  deployment_type  = "SCRATCH_2"
  storage_capacity = 1200
  subnet_ids       = ["subnet-0a1b2c3d4e5f60718"]
  tags             = { Name = "shop-prod-scratch" }
}
