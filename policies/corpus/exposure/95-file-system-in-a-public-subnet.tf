# A file system is mounted in a subnet that gives public addresses and leads to the internet.
# Source: EFS.6
# Fault at: aws_efs_mount_target.mount_fault
# Near miss at: aws_efs_mount_target.mount_near

resource "aws_efs_file_system" "files" {
  encrypted  = true
  kms_key_id = aws_kms_key.shop.arn
}

resource "aws_route_table_association" "address_fault" {
  subnet_id      = aws_subnet.address_fault.id
  route_table_id = aws_route_table.public.id
}

resource "aws_efs_mount_target" "mount_fault" {
  file_system_id  = aws_efs_file_system.files.id
  subnet_id       = aws_subnet.address_fault.id
  security_groups = [aws_security_group.app.id]
}

resource "aws_efs_mount_target" "mount_near" {
  file_system_id  = aws_efs_file_system.files.id
  subnet_id       = aws_subnet.private_a.id
  security_groups = [aws_security_group.app.id]
}
