# The plan creates an access key, whose secret then is in the state.
# Source: CKV_AWS_273; IAM.3
# Fault at: aws_iam_access_key.seciak_fault
# Near miss at: aws_cloudfront_public_key.seciak_near

resource "aws_iam_user" "seciak_user" {
  name = "shop-prod-seciak"
}

resource "aws_iam_access_key" "seciak_fault" {
  user = aws_iam_user.seciak_user.name
}

# A public key only.
resource "aws_cloudfront_public_key" "seciak_near" {
  name        = "shop-prod-seciak-near"
  encoded_key = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAiXPfh/xdkJz8hSquZyOP\nX0746y1Di1o7cMbLRwP7z5aAIoH0OlIixMObvFIADg0mFgaecHnl0XSH/MYdzJKQ\n5R6ecJHdSOxM0VHtCElGhS+RHHaekXBM7InRgz4hXVVs5iBU4NCFszlI8tw6WkDw\nHyeEnytm47zUb3ZtbrN7pITjAid9zHw9Kb2J0SSpsKZ+9G5uqSOnUqcgEcsj1Fo3\nwXpLuphe5oPF1SuHaQTmdm9o0uAeuASrxVbnzqxYix58dqqcywzKZa3nitwtQR/P\nKpIcRUFoHVeMcd9GASAPm2iXmBlTpKQXHfIeaon8adoIlXbINkGHM1jfOCL+ijON\nWQIDAQAB\n-----END PUBLIC KEY-----\n"
}
