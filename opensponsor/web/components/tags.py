"""Every template tag of the product, built in to all templates. `docs/how-to/components.md` shows how each is used."""

from django import template

from opensponsor.web.components import actions, cells, errors, forms, lists, panels, records, shell, tables, timeline

register = template.Library()

# Shell.
register.simple_tag(shell.environment_bar)
register.simple_tag(shell.service_name)
register.simple_tag(shell.footer)
register.simple_tag(shell.address)
register.inclusion_tag("components/language_switch.html", takes_context=True)(shell.language_switch)
register.simple_tag(takes_context=True)(shell.header)
register.simple_tag(takes_context=True)(shell.session_warning)

# Buttons, links, actions.
register.simple_tag(actions.button)
register.simple_tag(actions.link_button)
register.simple_tag(actions.back_link)
register.simple_tag(actions.breadcrumbs)
register.simple_tag(actions.skip_link)
register.simple_tag(takes_context=True)(actions.action_group)

# Text in boxes.
register.simple_block_tag(panels.message)
register.simple_block_tag(panels.inset)
register.simple_block_tag(panels.details)
register.simple_tag(panels.warning_text)
register.simple_tag(panels.messages, name="show_messages")
register.simple_tag(panels.confirmation_panel)

# Records.
register.simple_tag(cells.status_tag)
register.simple_tag(cells.missing, name="not_recorded")
register.simple_tag(cells.padlock)
register.simple_tag(records.summary_list)
register.simple_tag(records.risk_banner)
register.simple_tag(records.identity_block)
register.simple_tag(records.next_step)
register.simple_tag(records.section_nav)
register.simple_tag(records.choice_links)
register.simple_tag(timeline.timeline)
register.inclusion_tag("components/tasks.html")(lists.task_list)
register.inclusion_tag("components/tiles.html")(lists.tiles)

# Lists.
register.simple_tag(tables.data_table)
register.simple_tag(tables.empty_state)
register.simple_tag(tables.pagination)
register.simple_tag(lists.filter_tags)
register.inclusion_tag("components/filter_panel.html")(lists.filter_panel)
register.simple_block_tag(takes_context=True)(lists.bulk_form)

# Forms.
register.simple_tag(errors.error_summary)
register.simple_tag(errors.has_errors)
register.simple_tag(forms.field)
register.simple_tag(forms.required_note)
register.filter("has_required", forms.has_required)
register.simple_block_tag(takes_context=True)(forms.post_form)
register.inclusion_tag("components/standard_form.html", takes_context=True)(forms.standard_form)
register.inclusion_tag("components/check_answers.html")(forms.check_answers)
