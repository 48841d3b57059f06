# A reservation without an end pays for four x1e.32xlarge, used or not, tens of thousands of US dollars a month.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-pricing-billing.html
# Fault at: aws_ec2_capacity_reservation.rsv_fault
# Near miss at: aws_ec2_capacity_reservation.rsv_near

resource "aws_ec2_capacity_reservation" "rsv_fault" {
  instance_type     = "x1e.32xlarge"
  instance_platform = "Linux/UNIX"
  availability_zone = "${var.region}a"
  instance_count    = 4
  ebs_optimized     = true
  end_date_type     = "unlimited"
  tags              = { Name = "shop-prod-rsv-fault" }
}

resource "aws_ec2_capacity_reservation" "rsv_near" {
  instance_type     = "m7i.large"
  instance_platform = "Linux/UNIX"
  availability_zone = "${var.region}a"
  instance_count    = 2
  ebs_optimized     = true
  end_date_type     = "unlimited"
  tags              = { Name = "shop-prod-rsv-near" }
}
