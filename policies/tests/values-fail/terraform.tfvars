name           = "shop-prod-orders"
retention_days = 7
delay_seconds  = 5
