# A push application contains the JSON key of a Google service account.
# Source: https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-application-as-subscriber.html
# Fault at: aws_sns_platform_application.secpush_fault
# Near miss at: aws_sns_platform_application.secpush_near

resource "aws_sns_platform_application" "secpush_fault" {
  name     = "shop-prod-secpush-fault"
  platform = "GCM"
  platform_credential = jsonencode({
    type           = "service_account"
    project_id     = "shop-prod"
    private_key_id = "bf08a96a178862df02d6d747656ed49cced0938b"
    private_key    = "-----BEGIN PRIVATE KEY-----\nMIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCRpTBejRohpRZ5\nPU8B2qiGrU38TMd6/Kt6rruWTe2CzzHtvSv86baNeBIJQpaUzbiQSXo/2jUlhOO5\nI42RTn3OqPdgyGAWzpnp1CoBuY6s3tQjaZ21NMnFQXm+0F/GOec47onl3fe1odHe\nLLAhGhBxhfvqty4ZQghJPsNfJ7k7nY50rbX5f8/sSl4OAkkYqjH3+fU3TVCGsv3Y\n1V6ip6SyNOqtZ84UX9MOmxkI/0MKxi9ZO0J1T+58CccYGEOirhwVlwp2amYLDkIa\nOXnekKcgQ7lKp84ius5DkGzCDSoMD7aRc1qzGuGSbQBw29VZAQGTQWDvXg2YxD+5\nDlrucRs3AgMBAAECggEAR46YeCvtRdB9fS2xDqEmoZyuLyJt87AGdC07PvqkkdtI\nlZyW6xjMty7h9ajAoPV+E232YT7NU9S5qbGdEWI2D34WpHduNmZlWmwCA3zua2LD\naW6vrGL2KzMjJKvuEk9Kmj8gg06OMLADk5vzISBUKeKBRe2f+Yrm1U2/4ZV7vZzK\nqEY2H8j5lGJID7wOSrWDsq/yat2vxvDkg9QlFTz+ywdVnnoFNK0byik2DrpqnmbR\nWswG7drwgeWV7GN9LOsZIFbz9BsBg5MlWZWXCO5/dr4TUvjG76kV5PfRrFayHNea\nBD0Lbp1nv0anrsDRAnl47WVDcSY4Ge2EkFsvjO5VAQKBgQDEJ74zyVWzGsNmFWDW\nYs27/s3cRLTNueYz8KzSCCvjdEqVl+2PIRZIQULMOAPFAPvK80AmHtu3pBi/09FL\n//NiQ+iB3Gx7h5VruBpOohWXqeRVTkzPSyi1WMe9lxcMpsviNrRwrqI8F60UBCWB\nOso6pURnJLtTIhyf2nFZyeabtwKBgQC+FHrOnevRKoLOlJqQDMEdme1qF68sQNEu\nhfzUbwZpjhJl5JOWO+Wv/BgdDMROBLDZVpXpBI5qmFIG0FCnkf/O0iqHNbAdbJ/0\nbDISBVjo3Eti7Y8ERtq+v9pqtlb0/I7yj1aU4rbpi/eoQuNo/m6H+GDHx31sIB+6\nyopGELB8gQKBgG4Vj90oZPw7TOYBoXMvyB51hbrUpFPAvLzxmUvWYisonKMPvLbS\n7tpmJcLOvO7W+niPw7ShJNYPNgSSL6fjYQgI7HfU6Nz63pSxobH3rP6MziRB6UF9\nAL+lr5NrM/hZs5qk8Oc8Wrg24V+WZCX+hHgdQCJSrv6c6kucIHkvokhJAoGAQFLp\n5DXo8ZWzQnljfM/0IjJO95IgQ5eDsnzBPJp9zwa3Dyg1EagfaFilSF9jpwtLVaFJ\nhdt23nfBenDQeoSbzr+siKkQekSiNLLQluycU+EI2eeOeGIJ8Hc4UNh3wNwe+9Kp\n+CRoxcwJ+TT5hDRl7zmMds75kLemRS35cRCAyQECgYAPLcNkY4Ueu34G+JR7Obp3\nYwSETWPweabgzuIJ7ocsqA8gpVF4OWIsdkbVfZfOw+cFH/gGF3tJPxUWCaFCHdC7\nAJ44eIpHFtmpHMHZMdCGMluPSRykjfqen6BXb47p+Oqvq1l81oAUgSB4TJ1yL/g4\nRLa1oMPMDwH/tBewChz3gQ==\n-----END PRIVATE KEY-----"
    client_email   = "push@shop-prod.iam.gserviceaccount.com"
  })
}

data "aws_secretsmanager_secret_version" "secpush_value" {
  secret_id  = "shop-prod-secpush"
  depends_on = [aws_sfn_activity.secpush_support]
}

resource "aws_sfn_activity" "secpush_support" {
  name = "shop-prod-secpush"
}

resource "aws_sns_platform_application" "secpush_near" {
  name                = "shop-prod-secpush-near"
  platform            = "GCM"
  platform_credential = data.aws_secretsmanager_secret_version.secpush_value.secret_string
}
