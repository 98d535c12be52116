/* Keeps a screen right without anybody touching it; when the connection is gone, it says of when this is. For old tablets. */
(function () {
  'use strict'
  var EVERY = 30000

  function ask() {
    var asked = new XMLHttpRequest()
    asked.open('GET', location.href)
    asked.timeout = 15000
    asked.onload = function () { if (asked.status === 200) { show(asked.responseText) } else { lost() } }
    asked.onerror = asked.ontimeout = lost
    asked.send()
  }
  function show(page) {
    var fresh = new DOMParser().parseFromString(page, 'text/html').getElementById('board')
    if (!fresh) { return lost() }
    document.getElementById('board').innerHTML = fresh.innerHTML
  }
  function lost() {
    document.getElementById('lost').hidden = false
  }

  setInterval(ask, EVERY)
  window.addEventListener('online', ask)
  window.addEventListener('offline', lost)
})()
