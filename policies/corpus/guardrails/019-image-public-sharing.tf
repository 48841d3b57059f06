# Images of the account may be shared with everybody again.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
# Fault at: aws_ec2_image_block_public_access.image_public_sharing_fault
# Near miss at: aws_ec2_image_block_public_access.image_public_sharing_near

resource "aws_ec2_image_block_public_access" "image_public_sharing_fault" {
  state = "unblocked"
}

resource "aws_ec2_image_block_public_access" "image_public_sharing_near" {
  state = "block-new-sharing"
}
