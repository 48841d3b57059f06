# Image Builder's build instances still answer version 1 of the metadata service.
# Source: CKV_AWS_79, https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_InstanceMetadataOptions.html
# Fault at: aws_imagebuilder_infrastructure_configuration.ibimds_fault
# Near miss at: aws_imagebuilder_infrastructure_configuration.ibimds_near

resource "aws_iam_instance_profile" "ibimds" {
  name = "shop-prod-image-build"
  role = aws_iam_role.work_exec.name
}

resource "aws_imagebuilder_infrastructure_configuration" "ibimds_fault" {
  name                          = "shop-prod-images-v1"
  instance_profile_name         = aws_iam_instance_profile.ibimds.name
  instance_types                = ["m7i.large"]
  subnet_id                     = aws_subnet.work_a.id
  security_group_ids            = [aws_security_group.work_app.id]
  sns_topic_arn                 = aws_sns_topic.work.arn
  terminate_instance_on_failure = true
  instance_metadata_options {
    http_tokens                 = "optional"
    http_put_response_hop_limit = 2
  }
}

resource "aws_imagebuilder_infrastructure_configuration" "ibimds_near" {
  name                          = "shop-prod-images"
  instance_profile_name         = aws_iam_instance_profile.ibimds.name
  instance_types                = ["m7i.large"]
  subnet_id                     = aws_subnet.work_a.id
  security_group_ids            = [aws_security_group.work_app.id]
  sns_topic_arn                 = aws_sns_topic.work.arn
  terminate_instance_on_failure = true
  instance_metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
  }
}
