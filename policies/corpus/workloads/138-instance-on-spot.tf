# The single production instance is bought on the spot market.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-interruptions.html
# Fault at: aws_instance.spotinst_fault
# Near miss at: aws_instance.spotinst_near

resource "aws_instance" "spotinst_fault" {
  subnet_id                   = aws_subnet.work_a.id
  vpc_security_group_ids      = [aws_security_group.work_app.id]
  associate_public_ip_address = false
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted   = true
    kms_key_id  = aws_kms_key.work.arn
    volume_type = "gp3"
  }
  ebs_optimized = true
  monitoring    = true
  instance_market_options {
    market_type = "spot"
    spot_options { instance_interruption_behavior = "terminate" }
  }
  launch_template {
    id      = aws_launch_template.tmpl.id
    version = aws_launch_template.tmpl.latest_version
  }
  tags = { Name = "shop-prod-cron-spot" }
}

resource "aws_instance" "spotinst_near" {
  subnet_id                   = aws_subnet.work_a.id
  vpc_security_group_ids      = [aws_security_group.work_app.id]
  associate_public_ip_address = false
  disable_api_termination     = true
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted   = true
    kms_key_id  = aws_kms_key.work.arn
    volume_type = "gp3"
  }
  ebs_optimized = true
  monitoring    = true
  capacity_reservation_specification {
    capacity_reservation_preference = "open"
  }
  launch_template {
    id      = aws_launch_template.tmpl.id
    version = aws_launch_template.tmpl.latest_version
  }
  tags = { Name = "shop-prod-cron" }
}
