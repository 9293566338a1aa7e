"""The menus, written from the registry: one for each category, in the order of the specs."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.commands.registry import CommandRegistry
from app.commands.spec import CONTEXT
from app.window.shell_commands import CATEGORY_ORDER

_FEET = (("app.settings", "app.home_folder"), ("app.quit",), ("help.about",))
"""What stands at the end of its menu, each group below a line."""
_AT_THE_FOOT = {command for group in _FEET for command in group}


def fill_menu_bar(bar: QMenuBar, registry: CommandRegistry) -> None:
    """Write the bar anew."""
    bar.clear()
    for menu in _menus(registry):
        menu.setParent(bar, menu.windowFlags())
        bar.addMenu(menu)


def fill_menu(menu: QMenu, registry: CommandRegistry) -> None:
    """The same menus as submenus of one."""
    menu.clear()
    for child in _menus(registry):
        child.setParent(menu, child.windowFlags())
        menu.addMenu(child)


def _menus(registry: CommandRegistry) -> list[QMenu]:
    registry.refresh()
    by_category: dict[str, list[QAction]] = {}
    for spec in registry:
        if spec.in_menu:
            by_category.setdefault(spec.category, []).append(registry.action(spec.id))
    order = [name for name in CATEGORY_ORDER if name in by_category]
    order += [name for name in by_category if name not in CATEGORY_ORDER]
    menus = []
    for category in order:
        menu = QMenu(QCoreApplication.translate(CONTEXT, category))
        for action in by_category[category]:
            if action.objectName() not in _AT_THE_FOOT:
                menu.addAction(action)
        for group in _FEET:
            below = [action for action in by_category[category] if action.objectName() in group]
            if below:
                menu.addSeparator()
                menu.addActions(below)
        menus.append(menu)
    return menus
