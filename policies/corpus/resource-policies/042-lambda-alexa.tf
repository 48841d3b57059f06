# Every Alexa skill can invoke the function, because no skill id is required.
# Source: https://developer.amazon.com/en-US/docs/alexa/custom-skills/host-a-custom-skill-as-an-aws-lambda-function.html
# Fault at: aws_lambda_permission.alexa_fault
# Near miss at: aws_lambda_permission.alexa_near

resource "aws_lambda_permission" "alexa_fault" {
  statement_id  = "alexa"
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-voice"
  principal     = "alexa-appkit.amazon.com"
}

resource "aws_lambda_permission" "alexa_near" {
  statement_id       = "alexa-skill"
  action             = "lambda:InvokeFunction"
  function_name      = "shop-prod-voice"
  principal          = "alexa-appkit.amazon.com"
  event_source_token = "amzn1.ask.skill.7c1f3c2e-5f0e-4b8b-9d0e-2f5a8a3f1b11"
}
