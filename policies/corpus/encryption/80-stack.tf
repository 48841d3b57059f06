# A stack inside the plan makes a volume and a queue without encryption.
# Source: CKV_AWS_3, CKV_AWS_27
# Fault at: aws_cloudformation_stack.nested_fault
# Near miss at: aws_cloudformation_stack.nested_near

resource "aws_cloudformation_stack" "nested_fault" {
  name = "shop-prod-legacy"
  template_body = jsonencode({
    AWSTemplateFormatVersion = "2010-09-09"
    Resources = {
      Data  = { Type = "AWS::EC2::Volume", Properties = { AvailabilityZone = "${var.region}a", Size = 500, VolumeType = "gp3", Encrypted = false } }
      Queue = { Type = "AWS::SQS::Queue", Properties = { QueueName = "shop-prod-legacy", SqsManagedSseEnabled = false } }
    }
  })
}

resource "aws_cloudformation_stack" "nested_near" {
  name = "shop-prod-legacy-keyed"
  template_body = jsonencode({
    AWSTemplateFormatVersion = "2010-09-09"
    Resources = {
      Key  = { Type = "AWS::KMS::Key", Properties = { Description = "Legacy", EnableKeyRotation = true } }
      Data = { Type = "AWS::EC2::Volume", Properties = { AvailabilityZone = "${var.region}a", Size = 500, VolumeType = "gp3", Encrypted = true, KmsKeyId = { "Fn::GetAtt" = ["Key", "Arn"] } } }
    }
  })
}
