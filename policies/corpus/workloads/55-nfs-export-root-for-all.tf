# Every client may mount the file system and stay root on it.
# Source: https://docs.aws.amazon.com/fsx/latest/OpenZFSGuide/create-volume.html (NFS exports), CIS Linux no_root_squash
# Fault at: aws_fsx_openzfs_file_system.export_fault
# Near miss at: aws_fsx_openzfs_file_system.export_near

resource "aws_fsx_openzfs_file_system" "export_fault" {
  deployment_type                   = "MULTI_AZ_1"
  storage_capacity                  = 128
  throughput_capacity               = 160
  subnet_ids                        = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  preferred_subnet_id               = aws_subnet.work_a.id
  security_group_ids                = [aws_security_group.work_app.id]
  kms_key_id                        = aws_kms_key.work.arn
  automatic_backup_retention_days   = 14
  daily_automatic_backup_start_time = "03:00"
  copy_tags_to_backups              = true
  copy_tags_to_volumes              = true
  skip_final_backup                 = false
  root_volume_configuration {
    nfs_exports {
      client_configurations {
        clients = "*"
        options = ["rw", "crossmnt", "no_root_squash"]
      }
    }
  }
  tags = { Name = "shop-prod-export-all" }
}

resource "aws_fsx_openzfs_file_system" "export_near" {
  deployment_type                   = "MULTI_AZ_1"
  storage_capacity                  = 128
  throughput_capacity               = 160
  subnet_ids                        = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  preferred_subnet_id               = aws_subnet.work_a.id
  security_group_ids                = [aws_security_group.work_app.id]
  kms_key_id                        = aws_kms_key.work.arn
  automatic_backup_retention_days   = 14
  daily_automatic_backup_start_time = "03:00"
  copy_tags_to_backups              = true
  copy_tags_to_volumes              = true
  skip_final_backup                 = false
  root_volume_configuration {
    nfs_exports {
      client_configurations {
        clients = "10.20.1.0/24"
        options = ["rw", "crossmnt", "root_squash"]
      }
    }
  }
  tags = { Name = "shop-prod-export" }
}
