# SSH is open to tens of millions of addresses that anybody can rent from Amazon.
# Source: AVD-AWS-0107, https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
# Fault at: aws_security_group.amazon_fault
# Near miss at: aws_security_group.amazon_near
# Near miss at: aws_security_group.gateway_near

resource "aws_security_group" "amazon_fault" {
  name        = "shop-prod-deploy"
  description = "Deployment hosts"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "Build servers"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["3.0.0.0/8", "52.0.0.0/8", "54.0.0.0/8"]
  }
}

resource "aws_security_group" "amazon_near" {
  name        = "shop-prod-release"
  description = "Release hosts"
  vpc_id      = aws_vpc.shop.id

  # EC2 Instance Connect of eu-central-1 as published in ip-ranges.json.
  ingress {
    description = "EC2 Instance Connect"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["3.120.181.40/29"]
  }
}

# One single address, although the plan does not know it yet: the NAT gateway of the shop.
resource "aws_security_group" "gateway_near" {
  name        = "shop-prod-callback"
  description = "Callback hosts"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "SSH from the NAT gateway"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["${aws_eip.nat.public_ip}/32"]
  }
}
