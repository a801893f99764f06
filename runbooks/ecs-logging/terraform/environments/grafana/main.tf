# Grafana's contents: one data source, a dashboard and two rules for each application, all from templates.

locals {
  names = [for one in var.applications : one.name]
  group = jsondecode(templatefile("${path.module}/templates/rules.json.tftpl", {
    names = local.names, datasource = grafana_data_source.loki.uid
  }))
}

resource "grafana_folder" "logs" {
  uid   = "logs"
  title = "Logs"
}

resource "grafana_data_source" "loki" {
  uid         = "loki"
  name        = "Loki"
  type        = "loki"
  access_mode = "proxy"
  url         = var.loki_url
  is_default  = true

  json_data_encoded = jsonencode({ maxLines = 1000, timeout = 60 })
}

resource "grafana_dashboard" "application" {
  for_each = toset(local.names)

  folder    = grafana_folder.logs.uid
  overwrite = true
  config_json = templatefile("${path.module}/templates/application.json.tftpl", {
    name = each.key, datasource = grafana_data_source.loki.uid
  })
}

resource "grafana_contact_point" "people" {
  name = "people"

  email {
    addresses = [var.contact_email]
  }
}

resource "grafana_notification_policy" "this" {
  contact_point   = grafana_contact_point.people.name
  group_by        = ["alertname", "service"]
  group_wait      = "10s"
  repeat_interval = "12h"
}

resource "grafana_rule_group" "applications" {
  name             = local.group.title
  folder_uid       = grafana_folder.logs.uid
  interval_seconds = local.group.interval

  dynamic "rule" {
    for_each = local.group.rules

    content {
      name           = rule.value.title
      condition      = "C"
      no_data_state  = "OK"
      exec_err_state = "Error"
      annotations    = { summary = rule.value.summary }
      labels         = { severity = rule.value.severity }

      data {
        ref_id         = "A"
        datasource_uid = grafana_data_source.loki.uid
        query_type     = "instant"

        relative_time_range {
          from = 900
          to   = 0
        }

        model = jsonencode({ refId = "A", expr = rule.value.expr, queryType = "instant" })
      }

      data {
        ref_id         = "C"
        datasource_uid = "__expr__"

        relative_time_range {
          from = 0
          to   = 0
        }

        model = jsonencode({
          refId      = "C"
          type       = "threshold"
          expression = "A"
          conditions = [{ evaluator = { type = "gt", params = [rule.value.above] } }]
        })
      }
    }
  }
}
