# A stack takes its template from a stranger's bucket, so nobody sees what it creates.
# Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html
# Fault at: aws_cloudformation_stack.cfnurl_fault
# Near miss at: aws_cloudformation_stack.cfnurl_near

resource "aws_cloudformation_stack" "cfnurl_fault" {
  name         = "shop-prod-cfnurl-fault"
  template_url = "https://some-stranger-templates.s3.amazonaws.com/latest.yaml"
  capabilities = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
}

# The whole content can be read, and is harmless.
resource "aws_cloudformation_stack" "cfnurl_near" {
  name = "shop-prod-cfnurl-near"

  template_body = jsonencode({
    Resources = { Query = { Type = "AWS::Logs::QueryDefinition", Properties = { Name = "shop-prod-errors", QueryString = "filter level = 'error'" } } }
  })
}
