# Every pod of the cluster may become the role.
# Source: https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
# Fault at: aws_iam_role.any_pod_fault
# Near miss at: aws_iam_role.any_pod_near

resource "aws_iam_openid_connect_provider" "pods" {
  url            = "https://oidc.eks.eu-central-1.amazonaws.com/id/0F1E2D3C4B5A69788796A5B4C3D2E1F0"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "any_pod_fault" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.pods.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "oidc.eks.eu-central-1.amazonaws.com/id/0F1E2D3C4B5A69788796A5B4C3D2E1F0:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "oidc.eks.eu-central-1.amazonaws.com/id/0F1E2D3C4B5A69788796A5B4C3D2E1F0:sub"
      values   = ["system:serviceaccount:*:*"]
    }
  }
}

resource "aws_iam_role" "any_pod_fault" {
  name               = "shop-prod-any-pod-fault"
  assume_role_policy = data.aws_iam_policy_document.any_pod_fault.json
}

data "aws_iam_policy_document" "any_pod_near" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.pods.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "oidc.eks.eu-central-1.amazonaws.com/id/0F1E2D3C4B5A69788796A5B4C3D2E1F0:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "oidc.eks.eu-central-1.amazonaws.com/id/0F1E2D3C4B5A69788796A5B4C3D2E1F0:sub"
      values   = ["system:serviceaccount:orders:api"]
    }
  }
}

resource "aws_iam_role" "any_pod_near" {
  name               = "shop-prod-any-pod-near"
  assume_role_policy = data.aws_iam_policy_document.any_pod_near.json
}
