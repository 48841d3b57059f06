# A database of Lightsail is reachable from the internet.
# Source: https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-configuring-database-public-mode.html
# Fault at: aws_lightsail_database.public_fault
# Near miss at: aws_lightsail_database.public_near

variable "blog_password" {
  description = "Password of the blog's databases."
  type        = string
  sensitive   = true
  default     = "setbythepipeline"
}

resource "aws_lightsail_database" "public_fault" {
  relational_database_name = "shop-prod-blog"
  blueprint_id             = "mysql_8_0"
  bundle_id                = "medium_ha_2_0"
  master_database_name     = "blog"
  master_username          = "blog"
  master_password          = var.blog_password
  backup_retention_enabled = true
  final_snapshot_name      = "shop-prod-blog-final"
  publicly_accessible      = true
}

resource "aws_lightsail_database" "public_near" {
  relational_database_name = "shop-prod-press"
  blueprint_id             = "mysql_8_0"
  bundle_id                = "medium_ha_2_0"
  master_database_name     = "press"
  master_username          = "press"
  master_password          = var.blog_password
  backup_retention_enabled = true
  final_snapshot_name      = "shop-prod-press-final"
  publicly_accessible      = false
}
