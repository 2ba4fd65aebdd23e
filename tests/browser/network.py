"""What lies between a page and its server: it can be cut, and mended."""

from playwright.sync_api import Page, Route, WebSocketRoute


class Network:
    """Of one page, from its next request on. As slow as the page's own line while it is whole."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket("**/api/v1/feed", self._socket)
        page.route("**/api/v1/**", self._request)

    def cut(self) -> None:
        self.is_cut = True
        for socket in self._sockets:
            socket.close()
        self._sockets = []

    def mend(self) -> None:
        self.is_cut = False

    def _socket(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close()
        else:
            socket.connect_to_server()
            self._sockets.append(socket)

    def _request(self, route: Route) -> None:
        if self.is_cut:
            route.abort()
        else:
            route.continue_()
