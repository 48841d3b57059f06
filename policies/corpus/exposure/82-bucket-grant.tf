# A grant in a bucket's access list lets everybody with an AWS account read it.
# Source: S3.2, CKV_AWS_20, AVD-AWS-0092
# Fault at: aws_s3_bucket_acl.grant_fault
# Near miss at: aws_s3_bucket_acl.grant_near

resource "aws_s3_bucket" "media" {
  bucket = "shop-prod-media"
}

resource "aws_s3_bucket" "access_logs" {
  bucket = "shop-prod-access-logs"
}

resource "aws_s3_bucket_acl" "grant_fault" {
  bucket = aws_s3_bucket.media.id

  access_control_policy {
    owner {
      id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    }

    grant {
      permission = "FULL_CONTROL"
      grantee {
        type = "CanonicalUser"
        id   = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
      }
    }

    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
      }
    }
  }
}

# The group of the service that writes access logs.
resource "aws_s3_bucket_acl" "grant_near" {
  bucket = aws_s3_bucket.access_logs.id

  access_control_policy {
    owner {
      id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    }

    grant {
      permission = "WRITE"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
    }

    grant {
      permission = "READ_ACP"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
    }
  }
}
