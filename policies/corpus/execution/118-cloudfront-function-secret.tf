# A function at the edge compares with a password that is in its code.
# Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-tutorial-kvs.html
# Fault at: aws_cloudfront_function.seccff_fault
# Near miss at: aws_cloudfront_function.seccff_near

resource "aws_cloudfront_function" "seccff_fault" {
  name    = "shop-prod-seccff-fault"
  runtime = "cloudfront-js-2.0"
  code    = "function handler(e){var a=e.request.headers.authorization;if(!a||a.value!=='Basic c3RhZmY6TWF1bHd1cmYtOS1Iw7xnZWw=')return{statusCode:401};return e.request}"
}

resource "aws_cloudfront_function" "seccff_near" {
  name    = "shop-prod-seccff-near"
  runtime = "cloudfront-js-2.0"
  code    = "function handler(e){var a=e.request.headers.authorization;if(!a||!a.value.startsWith('Bearer '))return{statusCode:401};return e.request}"
}
