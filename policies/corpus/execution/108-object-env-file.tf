# An object in S3 contains a file of settings with passwords.
# Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
# Fault at: aws_s3_object.secobj_fault
# Near miss at: aws_s3_object.secobj_near

resource "aws_kms_key" "secobj_key" {
  description         = "Key for secobj_key"
  enable_key_rotation = true
}

resource "aws_s3_object" "secobj_fault" {
  bucket         = "shop-prod-config"
  key            = "env/orders.env"
  content_base64 = base64encode("LOG=info\nREDIS_URL=rediss://:7c0FJ9OdaLaViOX6PLdw@cache.shop.internal:6379/0\nAMQP=amqps://shop:BcyMQWAgCdAmHFQButyc8f2E@mq.shop.internal\n")
  kms_key_id     = aws_kms_key.secobj_key.arn
}

resource "aws_s3_object" "secobj_near" {
  bucket         = "shop-prod-config"
  key            = "env/orders-public.env"
  content_base64 = base64encode("LOG=info\nREDIS_URL=rediss://cache.shop.internal:6379/0\nPASSWORD_FILE=/run/secrets/redis\n")
  kms_key_id     = aws_kms_key.secobj_key.arn
}
