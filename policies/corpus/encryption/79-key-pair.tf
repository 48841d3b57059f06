# The key for logging in to instances is a 1024-bit RSA key.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html, NIST SP 800-131A
# Fault at: aws_key_pair.login_fault
# Near miss at: aws_key_pair.login_near

resource "aws_key_pair" "login_fault" {
  key_name   = "shop-prod-old"
  public_key = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC8SWHNWnbv9Co3TWi/06c3+CJqhpehIO7l1010c8akBkjE1JgiVYfBTvhG85S/8i/Uun7524EVAf9IJ9q+cRfgosW9Zru0g6MgF0hnO43bc9/4XoHT9oGoNPKijncpOMzJAvNh6N7d+1cR8Zzqwg5ZKPKTuGxgBBH8kT8t8RhFPQ== shop"
}

# Much shorter, but not weaker.
resource "aws_key_pair" "login_near" {
  key_name   = "shop-prod-new"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFaK3Zz2O5qWc48BPOo5DGCGqcR1f27b2KXVYX05sRtw shop"
}
