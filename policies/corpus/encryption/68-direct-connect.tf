# The line to the data centre falls back to clear text when MACsec does not come up.
# Source: https://docs.aws.amazon.com/directconnect/latest/UserGuide/MACsec.html
# Fault at: aws_dx_connection.line_fault
# Near miss at: aws_dx_connection.line_near

resource "aws_dx_connection" "line_fault" {
  name            = "shop-prod-line"
  bandwidth       = "10Gbps"
  location        = "EqFA5"
  request_macsec  = true
  encryption_mode = "should_encrypt"
}

resource "aws_dx_connection" "line_near" {
  name            = "shop-prod-line-strict"
  bandwidth       = "10Gbps"
  location        = "EqFA5"
  request_macsec  = true
  encryption_mode = "must_encrypt"
}
