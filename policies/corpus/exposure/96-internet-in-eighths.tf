# SSH is open to all 223 public networks of size /8, so that no single one looks like the internet.
# Source: AVD-AWS-0107
# Fault at: aws_security_group.eighths_fault
# Near miss at: aws_security_group.eighths_near

resource "aws_security_group" "eighths_fault" {
  name        = "shop-prod-support-access"
  description = "Support access"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "SSH for support partners"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [for n in range(1, 224) : "${n}.0.0.0/8"]
  }
}

# Many networks as well, but all of them belong to the company.
resource "aws_security_group" "eighths_near" {
  name        = "shop-prod-branch-access"
  description = "Branch access"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "SSH from the branches"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [for n in range(0, 60) : "10.${n}.0.0/16"]
  }
}
