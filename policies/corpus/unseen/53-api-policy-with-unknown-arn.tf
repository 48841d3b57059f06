# An API's policy lets everybody call it, and the API's own ARN makes the document unknown.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
# Fault at: aws_api_gateway_rest_api_policy.api_open_fault
# Near miss at: aws_api_gateway_rest_api_policy.api_open_near

resource "aws_api_gateway_rest_api" "api_open" {
  for_each = toset(["a", "b"])
  name     = "shop-prod-api-open-${each.key}"

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_vpc_endpoint" "api_open" {
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  service_name        = "com.amazonaws.${var.region}.execute-api"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}

data "aws_iam_policy_document" "api_open_a" {
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["${aws_api_gateway_rest_api.api_open["a"].execution_arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_api_gateway_rest_api_policy" "api_open_fault" {
  rest_api_id = aws_api_gateway_rest_api.api_open["a"].id
  policy      = data.aws_iam_policy_document.api_open_a.json
}

data "aws_iam_policy_document" "api_open_b" {
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["${aws_api_gateway_rest_api.api_open["b"].execution_arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.api_open.id]
    }
  }
}

resource "aws_api_gateway_rest_api_policy" "api_open_near" {
  rest_api_id = aws_api_gateway_rest_api.api_open["b"].id
  policy      = data.aws_iam_policy_document.api_open_b.json
}
