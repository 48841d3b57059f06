# Shield counts attack requests and no longer blocks them.
# Source: https://docs.aws.amazon.com/waf/latest/developerguide/ddos-automatic-app-layer-response.html
# Fault at: aws_shield_application_layer_automatic_response.shield_counts_fault
# Near miss at: aws_shield_application_layer_automatic_response.shield_counts_near

resource "aws_shield_application_layer_automatic_response" "shield_counts_fault" {
  resource_arn = "arn:aws:cloudfront:::distribution/E1234567890orders"
  action       = "COUNT"
}

resource "aws_shield_application_layer_automatic_response" "shield_counts_near" {
  resource_arn = "arn:aws:cloudfront:::distribution/E1234567890billing"
  action       = "BLOCK"
}
