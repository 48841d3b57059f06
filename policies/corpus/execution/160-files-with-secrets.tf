# Objects in S3 contain secrets in the formats of several tools.
# Source: CKV_SECRET_*; https://attack.mitre.org/techniques/T1552/001/
# Fault at: aws_s3_object.secfile_fault["netrc"]
# Fault at: aws_s3_object.secfile_fault["pgpass"]
# Fault at: aws_s3_object.secfile_fault["aws"]
# Fault at: aws_s3_object.secfile_fault["bearer"]
# Fault at: aws_s3_object.secfile_fault["age"]
# Fault at: aws_s3_object.secfile_fault["tfc"]
# Fault at: aws_s3_object.secfile_fault["totp"]
# Fault at: aws_s3_object.secfile_fault["jwk"]
# Fault at: aws_s3_object.secfile_fault["telegram"]
# Fault at: aws_s3_object.secfile_fault["openssh"]
# Fault at: aws_s3_object.secfile_fault["xapp"]
# Fault at: aws_s3_object.secfile_fault["dockercfg"]
# Near miss at: aws_s3_object.secfile_near["jwks"]
# Near miss at: aws_s3_object.secfile_near["known_hosts"]
# Near miss at: aws_s3_object.secfile_near["pipfile_lock"]
# Near miss at: aws_s3_object.secfile_near["openapi"]

resource "aws_kms_key" "secfile_key" {
  description         = "Key for secfile_key"
  enable_key_rotation = true
}

resource "aws_s3_object" "secfile_fault" {
  for_each = {
    netrc     = "machine git.example.com login deploy password sQxtJbhGvbtsE6Nz\n"
    pgpass    = "db.shop.internal:5432:orders:shop:cOQve5SWjGyNwtfQ\n"
    aws       = "[default]\naws_secret_access_key = IiLm/jOfv/ki9ZPdDptOA6ur9OoJAtQB/XvyNLYH\n"
    bearer    = "curl -H 'Authorization: Bearer 11cfebd3b3498fa120772dba4f5c0f51940c258568604aea' https://api.example.com\n"
    age       = "# created: 2024-05-03\nAGE-SECRET-KEY-1A3GJDJ56HMUKQYPERNWH2EXD0ZYTJYW9G0FJNMKXNRZPXGVWHZ3RRH7VJD\n"
    tfc       = "credentials \"app.terraform.io\" {\n  token = \"TUK2ek7pgvYCw5.atlasv1.TPFVTJqRAJoBJQxhDxvtw31cSHrcI12ILxhAIRgsghfkv8b4Jb1porvXDmquUNyV0tB\"\n}\n"
    totp      = "otpauth://totp/AWS:root?secret=S3BDIHEICQDI72O2HKMLJEPKWG5QQCLE&issuer=AWS\n"
    jwk       = jsonencode({ kty = "EC", crv = "P-256", x = "taXS5_vJxluohiD17PPHUyVwoIi7ywL-TybDW0HwT6w", y = "w6TwH0WDbyT-Lwy7iIowVyUHPP71DihoulxJv_5SXat", d = "LxQmiKG211GxZRpBpwwUJPnSwOyqLj9KsnvG6axwVcE" })
    telegram  = "bot: 4863491679:AALNbjsHrFgQ2tfTfNk6qdUKlH1NHdw6Unc\n"
    openssh   = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACCEnruJMOpyzGN6Oq/4zjSoMw1/ZDUa4R+quIG7xkNgbQAAAJBE22J3RNti\ndwAAAAtzc2gtZWQyNTUxOQAAACCEnruJMOpyzGN6Oq/4zjSoMw1/ZDUa4R+quIG7xkNgbQ\nAAAEB/Lu21nJ1U99nQRUPIJNL3dSEQlTOZsj2RdZ1roLVhCoSeu4kw6nLMY3o6r/jONKgz\nDX9kNRrhH6q4gbvGQ2BtAAAACXNob3AtcHJvZAECAwQ=\n-----END OPENSSH PRIVATE KEY-----\n"
    xapp      = "slack: xapp-1-A3G73JF7DOE-4100247234245-f015b8280fb5b3bea7d6d8d22884aa05d8033c4ab461776559a2a4936f7ed285\n"
    dockercfg = jsonencode({ auths = { "registry.example.com" = { auth = "ZGVwbG95Ok5hY2h0aWdhbGwtNzEtTW9vcg==" } } })
  }

  bucket     = "shop-prod-config"
  key        = "fault/${each.key}"
  content    = each.value
  kms_key_id = aws_kms_key.secfile_key.arn
}

resource "aws_s3_object" "secfile_near" {
  for_each = {
    jwks         = jsonencode({ keys = [{ kty = "EC", crv = "P-256", kid = "d0c9bd09-0d22-10f8-6950-ed723c363858", x = "taXS5_vJxluohiD17PPHUyVwoIi7ywL-TybDW0HwT6w", y = "w6TwH0WDbyT-Lwy7iIowVyUHPP71DihoulxJv_5SXat" }] })
    known_hosts  = "git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIISeu4kw6nLMY3o6r/jONKgzDX9kNRrhH6q4gbvGQ2Bt shop-prod\n"
    pipfile_lock = jsonencode({ default = { requests = { hashes = ["sha256:8765c6d45eb458d23ce7db4e74bdba165a97500b64754f4ed816b79e2312cb98"], version = "==2.32.3" } } })
    openapi      = jsonencode({ securitySchemes = { key = { type = "apiKey", name = "X-API-Key", in = "header" }, bearer = { type = "http", scheme = "bearer", bearerFormat = "JWT" } } })
  }

  bucket     = "shop-prod-config"
  key        = "near/${each.key}"
  content    = each.value
  kms_key_id = aws_kms_key.secfile_key.arn
}
